// Hotel: wrap-up from the page's buttons by Inlay's own requests
const HOTEL = "https://pms.hotel.example";
let current;
window.Framework = {
  config: { name: "hotel", clientIds: { "mypurecloud.ie": "h" }, customInteractionAttributes: ["room"], settings: { ui: { hide: { statuses: ["Training"] }, add: { callControls: [{ id: "room", text: "Room" }] } } } },
  initialSetup() {
    PureCloud.subscribe([
      { type: "Notification", categories: ["uiAction", "interactionSelection"], callback(category, data) {
        if (category === "interactionSelection") current = data.interactionId;
        else if (data.id === "room") parent.postMessage({ kind: "room", call: data.interactionId }, HOTEL);
      } },
    ]);
    addEventListener("message", async ({ origin, data }) => {
      if (origin !== HOTEL || data?.kind !== "done") return;
      try { await PureCloud.Inlay.request("wrapUp", { interactionId: current, code: data.code, notes: data.notes }, { timeoutMs: 4000 }); }
      catch ({ code }) { parent.postMessage({ kind: "failed", code }, HOTEL); }
    });
  },
  screenPop(searchString, interaction) { parent.postMessage({ kind: "guest", searchString, room: interaction.attributes?.room }, HOTEL); },
};
