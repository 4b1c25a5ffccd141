window.Framework = {
	config: { name: "Acme", clientIds: {} },
	seen: 0,
	initialSetup: function () {
		var self = this;
		function ready() {
			window.PureCloud.subscribe([{ type: "Interaction", callback: self.onEvent }]); //! this.detached
		}
		ready();
	},
	onEvent: function (category) {
		this.seen += 1;
		document.title = category + this.seen;
	},
};
