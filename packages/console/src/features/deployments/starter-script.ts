export interface StarterFacts {
	/** Shown as the application's name. */
	name: string;
	/** Key of this server in `clientIds`. */
	region: string;
	/** Empty: the deployment's own or the bundled client is used. */
	clientId: string;
}

/** A framework.js to start from: it hands what happens to the page around the panel (framework-contract 2, 9). */
export function starterScript({ name, region, clientId }: StarterFacts): string {
	const clients = clientId ? `{ ${JSON.stringify(region)}: ${JSON.stringify(clientId)} }` : "{}";
	return `${head}
window.Framework = {
	config: {
		name: ${JSON.stringify(name)},
		clientIds: ${clients},
		customInteractionAttributes: ["PT_URLPop", "PT_SearchValue", "PT_TransferContext"],
		settings: {
			embedWebRTCByDefault: true,
			enableCallLogs: true,
			enableTransferContext: true,
			enableCallHistory: true,
		},
	},
${body}`;
}

const head = `// framework.js: what the agent client does inside your page.
// It sends {"type": …, "data": …} to the page that embeds it; add ?crm_domain=https://your-crm.example to the panel's address.
var hostOrigin = (function () {
	try {
		return new URL(new URLSearchParams(window.location.search).get("crm_domain") || document.referrer).origin;
	} catch (error) {
		return undefined;
	}
})();
var logAnswers = {};

function sendToHost(type, data) {
	if (hostOrigin) window.parent.postMessage(JSON.stringify({ type: type, data: data }), hostOrigin);
}
`;

const body = `
	initialSetup: function () {
		window.PureCloud.subscribe([
			{
				type: "Interaction",
				callback: function (category, interaction) {
					sendToHost("interactionSubscription", { category: category, interaction: interaction });
				},
			},
		]);
		window.addEventListener("message", function (event) {
			if (event.source !== window.parent || event.origin !== hostOrigin) return;
			var message = JSON.parse(event.data);
			if (message.type === "clickToDial") window.PureCloud.clickToDial(message.data);
			if (message.type === "processCallLogCompleted" && logAnswers[message.data.interactionId]) {
				logAnswers[message.data.interactionId]({ id: message.data.callLogId });
			}
		});
		sendToHost("initialSetup", {});
	},

	screenPop: function (searchString, interaction) {
		sendToHost("screenPop", { searchString: searchString, interactionId: interaction });
	},

	processCallLog: function (callLog, interaction, eventName, onSuccess) {
		logAnswers[interaction.id] = onSuccess;
		sendToHost("processCallLog", { callLog: callLog, interactionId: interaction, eventName: eventName });
	},

	openCallLog: function (callLog, interaction) {
		sendToHost("openCallLog", { callLog: callLog, interactionId: interaction });
	},
};
`;
