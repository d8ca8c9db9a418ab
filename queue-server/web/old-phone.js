// For browsers that know scripts and no modules: the page as the server
// writes it, loaded again every so often. Written in the language of
// 2009 on purpose.

(function () {
  var script = document.currentScript || document.querySelector("script[data-seconds]");
  var seconds = parseInt(script.getAttribute("data-seconds"), 10);
  setTimeout(function () {
    location.reload();
  }, seconds * 1000);
})();
