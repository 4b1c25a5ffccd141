window.Framework = {
	config: { name: "Acme", clientIds: {} },
	say: (text) => window.PureCloud.User.Notification.notifyUser({ message: text }),
	screenPop: (searchString) => {
		this.say(searchString); //! this.arrow
	},
};
