window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		window.PureCloud.subscribe([
			{
				type: "Interaction",
				categories: ["connect", "disconnect"],
				callback: function (category, interaction) {
					console.log(category, interaction.new.id); //! payload.change.flat
				},
			},
		]);
	},
};
