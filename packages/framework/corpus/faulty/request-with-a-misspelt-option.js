const { Inlay } = window.PureCloud;
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop() {
		window.PureCloud.Inlay.request("queues", {}, { timeoutMS: 5000 }).then(console.log, console.error); //! inlay.request.invalid
		console.log(Inlay.version);
	},
};
