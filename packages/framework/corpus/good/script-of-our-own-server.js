const element = Object.assign(document.createElement("script"), { src: "/assets/acme/helpers.js" });
document.head.append(element);
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop(searchString, interaction) {
		acmeHelpers.pop(searchString, interaction);
	},
};
