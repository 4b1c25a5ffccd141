window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup: function () {
		window.PureCloud.subscribe([
			{
				type: "Interaction",
				categories: ["connected"], //! subscription.invalid
				callback: function (category, data) {
					document.title = category + data.id;
				},
			},
		]);
	},
};
