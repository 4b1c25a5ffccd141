window.Framework = {
	config: { name: "Acme", clientIds: {} },
	calls: 0,
	initialSetup: function () {
		var self = this;
		window.PureCloud.subscribe([
			{
				type: "Interaction",
				categories: ["connect", "disconnect"],
				callback: function (category) {
					self.count(category);
				},
			},
			{ type: "UserAction", callback: (category, data) => this.status(category, data) },
		]);
		[1, 2].forEach(function (number) {
			this.calls += number;
		}, this);
	},
	count: function (category) {
		this.calls += category === "connect" ? 1 : 0;
	},
	status: function (category, data) {
		document.title = category + JSON.stringify(data) + this.calls;
	},
};
