import { h, render } from "preact";
import type { FromInspector, ToInspector } from "../protocol.ts";
import { divide } from "./divider.ts";
import { Inspector } from "./model.ts";
import { InspectorView } from "./view.tsx";

/** Milliseconds until a server that went away is asked for again. */
const againMs = 1_000;

let socket: WebSocket | undefined;
const inspector = new Inspector((told: FromInspector) => {
	if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(told));
});

function connect(): void {
	socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/inspector`);
	socket.addEventListener("open", () => {
		inspector.isConnected.value = true;
	});
	socket.addEventListener("message", ({ data }) => inspector.hear(JSON.parse(String(data)) as ToInspector));
	socket.addEventListener("close", () => {
		inspector.isConnected.value = false;
		setTimeout(connect, againMs);
	});
}

const place = document.getElementById("inspector");
if (place) render(h(InspectorView, { inspector }), place);
divide(document);
connect();
