const defaults = { enableCallHistory: true, callControls: ["pickup", "hold", "mute", "disconnect"] };
const settings = Object.assign({}, defaults, { hideWebRTCPopUpOption: true });
Object.assign(window, {
	Framework: {
		config: { name: "Acme", clientIds: { "mypurecloud.ie": "a1" }, settings },
		initialSetup() {
			window.PureCloud.User.Notification.setAudioConfiguration({ call: true, email: false });
		},
	},
});
