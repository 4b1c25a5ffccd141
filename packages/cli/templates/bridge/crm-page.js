/*
 * The page's half: put it into the CRM page beside <iframe id="panel" src="https://panel…/crm/index.html?deployment=…">, and fill in
 * what your CRM does.
 */
const panel = document.getElementById("panel");
const panelOrigin = new URL(panel.src).origin;

function tellPanel(type, data) {
	panel.contentWindow.postMessage(JSON.stringify({ type, data }), panelOrigin);
}

const actions = {
	pop: ({ searchString, caseId }) => console.log("show the record of", caseId ?? searchString),
	saveLog: ({ callLog, interactionId }) => {
		console.log("save", callLog);
		tellPanel("logSaved", { interactionId, id: callLog.id ?? interactionId });
	},
	openLog: ({ id }) => console.log("show the log", id),
};

window.addEventListener("message", (event) => {
	if (event.origin !== panelOrigin || event.source !== panel.contentWindow) return;
	const { type, data } = JSON.parse(event.data);
	if (Object.hasOwn(actions, type)) actions[type](data);
});

// A click on a number: tellPanel("dial", { number: "+493012345" });
