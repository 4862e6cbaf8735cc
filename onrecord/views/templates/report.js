// The page works without this: it only lets Escape close the article that is open, puts the reader back, and opens
// what is folded for a link that leads into it and for the printer.
(function () {
  var from = null;
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='#']");
    if (!link) return;
    if (link.hasAttribute("data-close")) { event.preventDefault(); close(); }
    else if (!link.closest(".text")) from = link;
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && document.querySelector(".text:target, .text :target")) close();
  });
  addEventListener("hashchange", unfold);
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (folded) { folded.open = true; });
  });
  unfold();
  function unfold() {
    var target = document.getElementById(location.hash.slice(1));
    var folded = target && target.closest("details:not([open])");
    if (folded) { folded.open = true; target.scrollIntoView(); }
  }
  function close() {
    var x = scrollX, y = scrollY;
    location.hash = "closed";
    scrollTo(x, y);
    if (from) from.focus({ preventScroll: true });
  }
})();
