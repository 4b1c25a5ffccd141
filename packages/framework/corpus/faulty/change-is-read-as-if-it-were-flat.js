window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup: function () {
		PureCloud.subscribe([
			{
				type: "Interaction",
				callback: function (category, interaction) {
					if (category === "change") {
						document.title = interaction.state; //! payload.change.flat
					}
				},
			},
		]);
	},
};
