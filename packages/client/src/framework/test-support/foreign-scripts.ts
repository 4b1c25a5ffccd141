/** framework.js files in the styles that are found in the field (framework-contract 2, 3, 9, 11), written for these tests. */

/** ES5, any target, a global that leaks, arrow functions that read it through `this`, and the documentation's own mistake. */
const es5 = `
crmDomain = new URLSearchParams(window.location.search).get("crm_domain");
var post = function (type, data) { window.parent.postMessage(JSON.stringify({ type: type, data: data }), "*"); };
window.Framework = {
	config: {
		name: "es5", clientIds: { "euw2.pure.cloud ": "abc-123", "mypurecloud.com": "" },
		customInteractionAttributes: ["PEF_URLPop"],
		settings: { embedWebRTCByDefault: true, enableCallLogs: true, searchTargets: ["people", "queues", "frameworkcontacts", "externalContact"], theme: { primary: "#HHH", text: "#FFF" } },
		getUserLanguage: function (callback) { callback("jp"); }
	},
	initialSetup: () => { post("leaked", this.crmDomain); },
	screenPop: function (searchString, interaction) { post("screenPop", { searchString: searchString, interactionId: interaction }); },
	processCallLog: function (callLog, interaction, eventName, onSuccess, onFailure) {
		post("processCallLog", { callLog: callLog, interactionId: interaction, eventName: eventName });
		onSuccess({ id: externalCallLog.id || Date.now() });
	},
	contactSearch: function (searchValue, onSuccess) { contactSearchCallback = onSuccess; post("contactSearch", { searchString: searchValue }); }
};
window.addEventListener("message", function (event) {
	var message = JSON.parse(event.data);
	if (message.type === "clickToDial") window.PureCloud.clickToDial(message.data);
	else if (message.type === "addAttribute") window.PureCloud.addCustomAttributes(message.data);
	else if (message.type === "updateInteractionState") window.PureCloud.Interaction.updateState(message.data);
	else if (message.type === "sendContactSearch") contactSearchCallback(message.data);
});`;

/** Asks the page for its settings and builds the framework when they arrive; keeps callbacks by interaction id. */
const late = `
const answers = {};
function send(type, data) { window.parent.postMessage(JSON.stringify({ type, data }), "*"); }
window.addEventListener("message", (event) => {
	const message = JSON.parse(event.data);
	if (message.type === "init") {
		window.Framework = {
			config: { name: message.data.name, clientIds: message.data.clientIds, customInteractionAttributes: [], settings: message.data.settings },
			initialSetup() {
				window.PureCloud.subscribe([{ type: "Interaction", callback: (category, interaction) => send("interactionSubscription", { category, interaction }) }]);
				window.PureCloud.subscribe([{ type: "UserAction", callback: (category, data) => send("userActionSubscription", { category, data }) }]);
			},
			screenPop(searchString, interaction) { send("screenPop", { searchString, interaction }); },
			processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
				answers[interaction.id] = onSuccess;
				send("processCallLog", { callLog, interaction, eventName });
			},
			openCallLog(callLog, interaction) { send("openCallLog", { callLog, interaction }); },
		};
	} else if (message.type === "processCallLogCompleted") {
		answers[message.data.interaction.id]({ id: message.data.callLogId });
		answers[message.data.interaction.id]({ id: "a second answer" });
	} else if (message.type === "addAssociation") window.PureCloud.addAssociation(message.data);
});
send("settingsRequest");`;

/** Everything throws, one promise rejects, and nothing is ever answered. */
const broken = `
window.PureCloud.subscribe([{ type: "Interaction", callback: () => { throw new Error("subscription"); } }]);
window.Framework = {
	config: { getUserLanguage: () => { throw new Error("language"); }, settings: { enableCallLogs: true } },
	initialSetup: async () => { throw new Error("setup"); },
	screenPop: () => { undefinedThing(); },
	processCallLog: () => {},
	contactSearch: () => {},
};`;

/** Calls at top level, before anybody is signed in; posts objects; reads private storage. */
const topLevel = `
window.PureCloud.subscribe([{ type: "Interaction", categories: ["connect"], callback: (category, data) => window.parent.postMessage({ category, id: data.id }, "*") }]);
window.PureCloud.User.getAuthToken((token) => {
	const stored = JSON.parse(localStorage.pc_auth).authenticated.access_token;
	window.parent.postMessage({ token, same: stored === token, station: JSON.parse(localStorage.getItem("cwcUserStation")).userId }, "*");
});
window.Framework = { config: { name: "top level", clientIds: {} } };`;

export const FOREIGN_SCRIPTS: Readonly<Record<string, string>> = { es5, late, broken, topLevel };
