window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: false } },
	initialSetup: function () {
		PureCloud.subscribe([
			{
				type: "Interaction",
				callback: function (category, data) {
					data = category === "change" ? { call: data.new } : { call: data };
					document.title = data.call.ani;
				},
			},
		]);
	},
};
