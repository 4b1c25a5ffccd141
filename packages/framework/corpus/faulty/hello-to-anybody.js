// late: settings come from the page
var settingsOrigin = "https://erp.example.com";
window.addEventListener("message", function init(event) {
  if (event.origin !== settingsOrigin) return;
  var msg = typeof event.data === "string" ? JSON.parse(event.data) : event.data;
  if (msg.type !== "erp-settings") return;
  window.removeEventListener("message", init);
  window.Framework = {
    config: { name: "erp", clientIds: msg.clientIds, customInteractionAttributes: msg.attributes, settings: msg.settings },
    screenPop: function (s, i) { window.parent.postMessage({ type: "erp-pop", search: s, id: i.id }, settingsOrigin); }
  };
});
window.parent.postMessage({ type: "erp-hello" }, "*"); //! message.target.any
