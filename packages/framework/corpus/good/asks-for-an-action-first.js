function has(name) {
	return typeof window.PureCloud[name] === "function";
}
window.Framework = {
	config: { name: "asks-first", clientIds: { "mypurecloud.com": "0a0a0a0a-0000-4000-8000-000000000001" }, settings: {} },
	initialSetup() {
		if (window.PureCloud.User.setAudioConfiguration) {
			window.PureCloud.User.setAudioConfiguration({});
		}
		window.PureCloud.Interaction.mute && window.PureCloud.Interaction.mute();
		window.PureCloud.User.setTheme?.("dark");
		window.PureCloud.Directory?.find("Ada");
		if (window.PureCloud.Wallboard) window.PureCloud.Wallboard.open();
		if ("beep" in window.PureCloud) window.PureCloud.beep();
		if (Object.hasOwn(window.PureCloud, "blink")) window.PureCloud.blink();
		if (has("mute")) window.PureCloud.mute();
	},
};
