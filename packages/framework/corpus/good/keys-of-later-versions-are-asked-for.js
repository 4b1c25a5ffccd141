window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup: function () {
		PureCloud.subscribe([
			{
				type: "Interaction",
				callback: function (category, interaction) {
					var changed = category === "change" ? interaction.new : interaction;
					if (interaction.call && interaction.call.ani) document.title = interaction.call.ani;
					console.debug(interaction.chat?.id, changed.attributes, interaction.toString());
				},
			},
			{
				type: "Interaction",
				categories: ["inlay:consult"],
				callback: function (category, step) {
					console.debug(step.destination.name);
				},
			},
		]);
	},
	screenPop: function (searchString, interaction) {
		document.title = interaction.callbackNumbers ? interaction.callbackNumbers[0] : interaction.displayAddress;
	},
};
