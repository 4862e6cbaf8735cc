// The map is whole without this: it only lets one move and enlarge it, by dragging, the wheel with Ctrl, buttons and keys.
(function () {
  document.querySelectorAll("[data-map]").forEach(function (holder) {
    var svg = holder.querySelector("svg");
    var whole = svg.viewBox.baseVal;
    var home = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
    var view = Object.assign({}, home);
    var sized = [];
    svg.querySelectorAll("circle.event:not(.vague)").forEach(function (circle) {
      sized.push(function (scale) { circle.setAttribute("r", scale * circle.dataset.r); });
      circle.dataset.r = circle.getAttribute("r");
    });
    svg.querySelectorAll("text.place").forEach(function (name) {
      var circle = { x: +name.getAttribute("x"), y: +name.getAttribute("y") };
      sized.push(function (scale) {
        name.setAttribute("transform", "translate(" + circle.x * (1 - scale) + " " + circle.y * (1 - scale) + ") scale(" + scale + ")");
      });
    });
    var scaleBar = svg.querySelector(".scale");
    function show() {
      view.width = Math.min(home.width * 1.6, Math.max(home.width / 16, view.width));
      view.height = view.width * home.height / home.width;
      view.x = Math.min(home.x + home.width * 2 - view.width, Math.max(home.x - home.width, view.x));
      view.y = Math.min(home.y + home.height * 2 - view.height, Math.max(home.y - home.height, view.y));
      svg.setAttribute("viewBox", [view.x, view.y, view.width, view.height].join(" "));
      var scale = view.width / home.width;
      sized.forEach(function (size) { size(scale); });
      scaleBar.style.visibility = scale === 1 && view.x === home.x && view.y === home.y ? "" : "hidden";
    }
    function zoom(by, x, y) {
      var width = Math.min(home.width * 1.6, Math.max(home.width / 16, view.width * by));
      var ratio = width / view.width;
      view.x = x - (x - view.x) * ratio;
      view.y = y - (y - view.y) * ratio;
      view.width = width;
      show();
    }
    function middle(by) { zoom(by, view.x + view.width / 2, view.y + view.height / 2); }
    function reset() { view = Object.assign({}, home); show(); }
    function at(event) {
      var box = svg.getBoundingClientRect();
      return { x: view.x + (event.clientX - box.left) / box.width * view.width, y: view.y + (event.clientY - box.top) / box.height * view.height };
    }
    holder.addEventListener("wheel", function (event) {
      if (!event.ctrlKey) return; // the page must stay scrollable
      event.preventDefault();
      var place = at(event);
      zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, place.x, place.y);
    }, { passive: false });
    var from = null, moved = false;
    svg.addEventListener("pointerdown", function (event) {
      if (event.button === 0 && event.pointerType !== "touch") { from = at(event); moved = false; }
    });
    addEventListener("pointermove", function (event) {
      if (!from) return;
      var to = at(event);
      if (Math.abs(to.x - from.x) + Math.abs(to.y - from.y) > view.width / 200) moved = true;
      view.x += from.x - to.x;
      view.y += from.y - to.y;
      show();
    });
    addEventListener("pointerup", function () { from = null; });
    svg.addEventListener("click", function (event) { if (moved) { event.preventDefault(); moved = false; } }, true);
    svg.addEventListener("dragstart", function (event) { event.preventDefault(); });
    var buttons = document.createElement("div");
    buttons.className = "map-buttons";
    [["+", "Enlarge the map", function () { middle(1 / 1.5); }], ["−", "Make the map smaller", function () { middle(1.5); }], ["⤢", "Show the whole map", reset]].forEach(function (of) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = of[0];
      button.setAttribute("aria-label", of[1]);
      button.title = of[1];
      button.addEventListener("click", of[2]);
      buttons.appendChild(button);
    });
    holder.appendChild(buttons);
    buttons.addEventListener("keydown", function (event) {
      var step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      view.x += step[0] * view.width / 8;
      view.y += step[1] * view.height / 8;
      show();
    });
    holder.classList.add("movable");
  });
})();
