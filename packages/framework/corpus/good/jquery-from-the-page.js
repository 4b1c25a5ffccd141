window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { searchTargets: ["frameworkContacts"] } },
	initialSetup: function () {
		if (typeof $ === "undefined") return;
		$(window).on("message", function (event) {
			if (event.originalEvent.origin !== "https://crm.example.com") return;
			$("body").toggleClass("busy", event.originalEvent.data === "busy");
		});
	},
	contactSearch: function (searchValue, onSuccess, onFailure) {
		$.ajax({ url: "https://crm.example.com/contacts", data: { q: searchValue }, success: onSuccess, error: function () { onFailure([]); } });
	},
};
