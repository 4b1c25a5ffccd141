function Integration() {
	var self = this;
	self.config = { name: "Acme", clientIds: { "mypurecloud.de": "a1" }, settings: {} };
	self.screenPop = function (searchString, interaction) {
		window.open("https://crm.example.com/find?q=" + encodeURIComponent(searchString), interaction.id);
	};
}
Integration.prototype.initialSetup = function () {
	window.PureCloud.User.setView({ type: "main", view: { name: "interactionList" } });
};
window.Framework = new Integration();
