window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop(searchString, interaction) {
		window.PureCloud.Inlay.request("wrapup", { interactionId: interaction.id, code: "Solved" }).catch(console.error); //! inlay.request.unknown
	},
};
