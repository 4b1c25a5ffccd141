window.Framework = {
	config: { name: "Acme", clientIds: {} },
	show: function (text) {
		window.PureCloud.User.Notification.notifyUser({ message: text, type: "INFO" });
	},
	initialSetup: function () {
		window.setTimeout(function () {
			this.show("Welcome"); //! this.inner.function
		}, 1000);
	},
};
