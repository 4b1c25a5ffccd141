window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop(searchString, interaction) {
		window.PureCloud.Inlay.request("record", { interactionId: interaction.id }).catch(console.error); //! inlay.request.invalid
	},
};
