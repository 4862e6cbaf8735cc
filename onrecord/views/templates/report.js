// The page works without this: it only lets Escape close the article that is open, and puts the reader back.
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
  function close() {
    var x = scrollX, y = scrollY;
    location.hash = "closed";
    scrollTo(x, y);
    if (from) from.focus({ preventScroll: true });
  }
})();
