document.getElementById("inspector")?.append("…");
