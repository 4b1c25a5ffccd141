// Vet practice; plain globals as in the old sample
clinic = "https://vet.example.net";
function popAnimal(search, interaction) { window.open(clinic + "/animals?tel=" + encodeURIComponent(search || interaction.phone), "vet"); }
Framework = {
  config: { name: "vet", clientIds: { "mypurecloud.com": "aa" }, settings: { callControls: ["pickup", "hold", "mute", "transfer", "disconnect"], theme: { primary: "#064", text: "#fff" } } },
  initialSetup: function () {
    PureCloud.subscribe([{ type: "UserAction", categories: ["status", "logout"], callback: function (c, d) { document.title = c === "logout" ? "vet" : d.status; } }]);
  },
  screenPop: popAnimal("", {}) //! callback.not.function
};
