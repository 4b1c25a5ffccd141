const ask = (name, data, options) => window.PureCloud.Inlay.request(name, data, options);
const target = (number) => ({ kind: "address", value: number });
window.Framework = {
	config: { name: "Acme", clientIds: {}, customInteractionAttributes: ["owner"] },
	async initialSetup() {
		const queues = await window.PureCloud.Inlay.request("queues");
		const statuses = await window.PureCloud.Inlay.request("statuses", {}, { timeoutMs: 2000, id: "statuses" });
		console.log(queues, statuses, await ask("wrapUpCodes", { interactionId: "1" }));
	},
	screenPop(searchString, interaction) {
		const { request } = window.PureCloud.Inlay;
		const where = { interactionId: interaction.id };
		request("addParticipant", { ...where, target: { kind: "user", value: interaction.attributes.owner } });
		request("addParticipant", { ...where, target: target(searchString) });
		request("record", { ...where, on: interaction.recordingState !== "active" }, { id: `pop-${interaction.id}` });
		request("wrapUp", { ...where, code: "Solved", notes: undefined });
	},
};
