// Pharmacy: transcript of messages to the host when a chat ends
var PHARM = /^https:\/\/[a-z0-9-]+\.pharmacy\.example$/;
var host = document.referrer ? new URL(document.referrer).origin : "";
function toHost(type, data) { if (PHARM.test(host)) window.parent.postMessage(JSON.stringify({ type: type, data: data }), host); }
window.Framework = {
  config: { name: "pharmacy", clientIds: { "mypurecloud.com.au": "p" }, settings: { webMessagesAs: "chat" } },
  initialSetup: function () {
    window.PureCloud.subscribe([{ type: "Interaction", callback: function (category, data) { if (category === "change" && data.state === "HELD") toHost("held"); //! payload.change.flat
      if (category === "change") return;
      if (category === "disconnect" && (data.isChat || data.isMessage)) window.PureCloud.Interaction.Chat.getTranscript(data.id, function (t) { toHost("transcript", { id: data.id, t: t }); });
      toHost(category, data);
    } }]);
  },
  screenPop: function (s, i) { toHost("pop", { s: s, i: i }); }
};
