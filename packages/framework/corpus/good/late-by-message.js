const allowed = ["https://crm.example.com", "https://test.crm.example.com"];
const waiting = new Map();
let host;
function send(type, data) {
	if (host) window.parent.postMessage(JSON.stringify({ type, data }), host);
}
window.addEventListener("message", (event) => {
	if (!allowed.includes(event.origin)) return;
	host = event.origin;
	const message = JSON.parse(event.data);
	if (message.type === "init") {
		window.Framework = {
			config: { name: message.data.name, clientIds: message.data.clientIds, settings: message.data.settings },
			initialSetup() {
				send("ready", {});
			},
			processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
				waiting.set(interaction.id, { onSuccess, onFailure });
				send("processCallLog", { callLog, interaction, eventName });
			},
		};
	} else if (message.type === "processCallLogCompleted") {
		const answer = waiting.get(message.data.interaction.id);
		if (answer && message.data.callLogId) answer.onSuccess({ id: message.data.callLogId });
		else if (answer) answer.onFailure();
	}
});
