// Fahrdienst dispatch: opens the trip in the host by message, keeps its own request ids.
(function (root) {
  "use strict";
  var HOST = new URLSearchParams(root.location.search).get("dispatchOrigin") || "https://dispatch.example.org";
  var pending = Object.create(null), seq = 0;
  function rpc(name, payload) {
    return new Promise(function (ok, no) {
      var id = "r" + (++seq);
      var t = setTimeout(function () { delete pending[id]; no(new Error("timeout " + name)); }, 4000);
      pending[id] = function (msg) { clearTimeout(t); msg.error ? no(new Error(msg.error)) : ok(msg.result); };
      root.parent.postMessage(JSON.stringify({ rpc: name, id: id, payload: payload }), HOST);
    });
  }
  root.addEventListener("message", function (e) { //! message.origin.unchecked
    
    var m; try { m = JSON.parse(e.data); } catch (x) { return; }
    if (m && pending[m.id]) { pending[m.id](m); delete pending[m.id]; }
  });
  root.Framework = {
    config: { name: "dispatch-f", clientIds: { "mypurecloud.de": "4b1f" }, customInteractionAttributes: ["tripid", "zone"],
      settings: { enableCallLogs: true, enableTransferContext: true, searchTargets: ["people", "queues", "frameworkContacts"] } },
    initialSetup: function () {
      root.PureCloud.subscribe([{ type: "Interaction", callback: function (cat, i) { if (cat === "connect") rpc("onConnect", { id: i.id }); } }]);
    },
    screenPop: function (s, i) { rpc("open", { trip: i.attributes && i.attributes.tripid, search: s }); },
    processCallLog: function (log, i, ev, ok, bad) { rpc("log", { log: log, ev: ev }).then(function (r) { ok({ id: r.id }); }, function () { bad(); }); },
    openCallLog: function (log) { rpc("openLog", { id: log.id }); },
    contactSearch: function (text, ok, bad) { rpc("find", text).then(ok, bad); }
  };
})(window);
