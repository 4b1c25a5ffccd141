function open(url) {
	window.open(url, "record");
}
window.Framework = {
	config: { name: "Acme", clientIds: { "mypurecloud.com": "a1" } },
	screenpop: function (searchString) { //! key.misspelt
		open("https://crm.example.com/search?phone=" + searchString);
	},
};
