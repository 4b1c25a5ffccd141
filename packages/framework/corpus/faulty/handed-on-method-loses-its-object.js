window.Framework = {
	config: { name: "Acme", clientIds: {} },
	seen: 0,
	onEvent: function (category) {
		this.seen += 1;
		document.title = category + " " + this.seen;
	},
	initialSetup: function () {
		window.PureCloud.subscribe([{ type: "Interaction", callback: this.onEvent }]); //! this.detached
	},
};
