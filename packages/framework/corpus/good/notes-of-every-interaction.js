window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: false, unconfirmedEvents: true } },
	initialSetup: function () {
		PureCloud.subscribe([
			{
				type: "Interaction",
				callback: function (category, interaction) {
					if (category === "notes") document.title = interaction.notes.trim();
				},
			},
		]);
	},
};
