// Keys for who checks an article: the page works without them, by its buttons.
(function () {
  var facts = Array.prototype.slice.call(document.querySelectorAll("[data-fact]"));
  if (!facts.length) return;
  var keys = document.getElementById("keys");
  var opener = document.querySelector("[data-keys]");
  opener.hidden = false;
  opener.addEventListener("click", function () { keys.showModal(); });
  var at = -1;
  function light(fact) {
    document.querySelectorAll(".of-fact").forEach(function (piece) { piece.classList.remove("of-fact"); });
    document.querySelectorAll("[data-f~='" + fact.dataset.fact + "']").forEach(function (piece) { piece.classList.add("of-fact"); });
    facts.forEach(function (other) { other.classList.toggle("current", other === fact); });
    at = facts.indexOf(fact);
  }
  function go(to) {
    var fact = facts[Math.max(0, Math.min(facts.length - 1, to))];
    fact.focus({ preventScroll: true });
    fact.scrollIntoView({ block: "center" });
    light(fact);
  }
  function press(deed) {
    var button = at >= 0 && facts[at].querySelector("[name='deed'][value='" + deed + "']");
    if (button) button.click();
  }
  facts.forEach(function (fact) {
    fact.addEventListener("focusin", function () { light(fact); });
    fact.addEventListener("pointerenter", function () { if (!document.querySelector(".fact.current:focus-within")) light(fact); });
  });
  document.querySelectorAll("[data-f]").forEach(function (piece) {
    piece.addEventListener("click", function () {
      if (getSelection().isCollapsed) go(facts.findIndex(function (fact) { return piece.dataset.f.split(" ").indexOf(fact.dataset.fact) >= 0; }));
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    var leave = event.key === "Escape" && document.querySelector("[data-cancel]");
    if (leave) leave.click();
    if (event.target.closest("input, select, textarea")) return;
    var done = true;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "a") press("accept");
    else if (event.key === "x") press("reject");
    else if (event.key === "u") press("undo");
    else if (event.key === "e") { var edit = at >= 0 && facts[at].querySelector("[data-deed='correct']"); if (edit) edit.click(); }
    else if (event.key === "o") { var open = at >= 0 && facts[at].querySelector("[data-open]"); if (open) open.click(); }
    else if (event.key === "?") keys.showModal();
    else done = false;
    if (done) event.preventDefault();
  });
  // The browser goes to the fact in the address by itself, and then would take the focus away from its form.
  addEventListener("load", function () { setTimeout(arrive, 0); });
  function arrive() {
    var named = document.getElementById(location.hash.slice(1));
    if (!named || !named.dataset.fact) return;
    var field = named.querySelector("[data-correction] input:not([type='hidden']), [data-correction] select");
    light(named);
    named.scrollIntoView({ block: "center" });
    (field || named).focus({ preventScroll: true });
  }
})();
