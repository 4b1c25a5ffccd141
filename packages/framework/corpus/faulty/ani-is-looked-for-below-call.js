window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: false } },
	initialSetup: function () {
		PureCloud.subscribe([
			{
				type: "Interaction",
				callback: function (category, interaction) {
					document.title = category + " " + interaction.call.ani; //! payload.key.unknown
				},
			},
		]);
	},
};
