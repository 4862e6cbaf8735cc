// Files that are dropped anywhere on the form are taken as chosen; without this they are chosen by the button.
(function () {
  var form = document.querySelector("[data-drop]");
  if (!form) return;
  var field = form.querySelector("input[type='file']"), zone = form.querySelector(".drop");
  ["dragenter", "dragover"].forEach(function (name) {
    form.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("over"); });
  });
  ["dragleave", "drop"].forEach(function (name) {
    form.addEventListener(name, function () { zone.classList.remove("over"); });
  });
  form.addEventListener("drop", function (event) {
    event.preventDefault();
    field.files = event.dataTransfer.files;
  });
})();
