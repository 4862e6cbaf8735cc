// What comes while a page is open, told in a quiet line at its foot; nothing moves until one asks for it.
(function () {
  var line = document.getElementById("live");
  if (!line || !window.EventSource) return;
  var articles = 0, source = null;

  function say(kind, words, href, label) {
    var old = line.querySelector("[data-kind='" + kind + "']");
    var part = document.createElement("p"), link = document.createElement("a");
    var away = document.createElement("button");
    part.setAttribute("data-kind", kind);
    part.appendChild(document.createTextNode(words + " "));
    link.href = href;
    link.textContent = label;
    part.appendChild(link);
    away.type = "button";
    away.textContent = "×";
    away.setAttribute("aria-label", "Put away: " + words);
    away.addEventListener("click", function () { line.removeChild(part); });
    part.insertBefore(away, part.firstChild);
    if (old) line.replaceChild(part, old); else line.appendChild(part);
    while (line.children.length > 4) line.removeChild(line.firstChild);
  }

  function address(subject) {
    var id = subject.split("/")[0];
    return { i: "/incidents/", t: "/truces/", a: "/articles/" }[id.charAt(0)] + encodeURIComponent(id);
  }

  function listen() {
    source = new EventSource("/events");
    source.addEventListener("articles", function (event) {
      articles += JSON.parse(event.data).new;
      say("articles", articles === 1 ? "1 new article." : articles + " new articles.", location.href, "Show");
    });
    source.addEventListener("decision", function (event) {
      var made = JSON.parse(event.data), mine = line.getAttribute("data-person");
      if (made.by === mine || !made.subject || location.pathname.indexOf(made.subject.split("/")[0]) < 0) return;
      say("decision", made.by + " decided on something of this page meanwhile.", location.href, "Show");
    });
    source.addEventListener("media", function () {
      var media = document.querySelector("[data-media]");
      if (media && media.querySelector("[data-running]")) renew(media);
    });
    source.addEventListener("alert", function (event) {
      var alert = JSON.parse(event.data);
      say("alert-" + alert.number, alert.rule + ": " + alert.words + ".", address(alert.subject), "Open");
    });
  }

  // Streams are shown as they grow: the part of the page that has them is asked for again.
  function renew(media) {
    fetch(location.href, { headers: { accept: "text/html" } }).then(function (answer) { return answer.text(); }).then(function (text) {
      var now = new DOMParser().parseFromString(text, "text/html").querySelector("[data-media]");
      if (now && !media.contains(document.activeElement) && !media.querySelector("video:not([data-running])")) media.replaceWith(document.adoptNode(now));
    }, function () { /* it comes with the next part */ });
  }

  // A line for each page that can be seen; one in the background need not know.
  function match() {
    if (document.visibilityState === "hidden" && source) { source.close(); source = null; }
    if (document.visibilityState === "visible" && !source) listen();
  }
  document.addEventListener("visibilitychange", match);
  window.addEventListener("pagehide", function () { if (source) { source.close(); source = null; } });
  match();
})();
