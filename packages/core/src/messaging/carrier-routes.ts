import { Readable } from "node:stream";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import { jsonOf } from "../kernel/http/json-body.ts";
import { noPermission, publicRoute, type Route, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { readPhone } from "./addresses.ts";
import { type CarrierEvent, carrierEvent } from "./carrier-events.ts";
import { largestFile, nameOfType } from "./file-types.ts";
import type { Messaging } from "./messaging.ts";
import type { MessageAddress, MessageFile } from "./model.ts";
import { isSigned } from "./providers/signature.ts";

/** Events that a carrier brings at once. */
const mostEvents = 100;
/** Within so long a carrier gives us a picture, ms. */
const mediaMs = 10_000;

type Outgoing = Pick<Kernel["outgoing"], "ask">;
type CarrierMessage = Extract<CarrierEvent, { kind: "message" }>;

/** Where a carrier brings what customers write and what became of what was sent, signed with the secret of the number. */
export function carrierRoutes(
	messaging: Messaging,
	{ outgoing, operators }: { outgoing: Outgoing; operators: Kernel["operators"] },
	country: () => Promise<string>,
): Route[] {
	async function take(address: MessageAddress, event: CarrierEvent): Promise<void> {
		if (event.kind === "message") return receive(address, event);
		const { id, status, error } = event;
		const reason =
			error && status === "delivery-failed" ? { code: "message.delivery.failed", message: error } : undefined;
		await messaging.outbox.receipt(address, id, { status, ...(reason ? { error: reason } : {}) });
	}

	/** A text, and each of its files as a message of its own; what comes again is what came. */
	async function receive(address: MessageAddress, { id, from, text, media }: CarrierMessage): Promise<void> {
		const their = readPhone(from, "from", await country());
		if (text.trim() !== "") await messaging.receive(address, { their, text, providerId: id });
		for (const [index, from] of media.entries()) await receiveFile(address, their, `${id}/${index + 1}`, from);
	}

	async function receiveFile(address: MessageAddress, their: string, providerId: string, from: string): Promise<void> {
		if (await messaging.hasArrived(address, their, providerId)) return;
		const file = address.settings.mms ? await fetched(address, new URL(from)) : undefined;
		const text = file?.name ?? "MMS";
		const taken = await messaging.receive(address, { their, text, providerId, ...(file ? { file } : {}) });
		if (file && taken.file?.key !== file.key) await messaging.files.forget(file);
	}

	/** Undefined for what is none of the kinds that are taken. @throws where it could not be had: the carrier brings it again */
	async function fetched({ settings }: MessageAddress, url: URL): Promise<MessageFile | undefined> {
		const { authorization } = settings.carrier ?? {};
		// What opens the carrier's door is shown at that door alone.
		const isTheirs = authorization !== undefined && url.origin === new URL(settings.webhookUrl ?? "").origin;
		const headers: Record<string, string> = isTheirs ? { authorization } : {};
		const answer = await outgoing.ask(url, { method: "GET", headers, timeoutMs: mediaMs, mostBytes: largestFile });
		if (answer.status !== 200)
			throw new ApiError(502, "message.media.missing", "A file of the message could not be had.");
		const name = nameOfType(answer.headers["content-type"] ?? "");
		if (!name || answer.body.length === 0) return undefined;
		const kept = messaging.files.keep({ name, size: answer.body.length }, Readable.from([answer.body]));
		return kept.catch((error: unknown) => {
			if (error instanceof ApiError && error.status === 400) return undefined;
			throw error;
		});
	}

	return [
		route({
			method: "POST",
			path: "/api/inlay/v1/messaging/addresses/:addressId/inbound",
			operationId: "postInlayMessagingAddressInbound",
			summary: "A carrier brings messages or receipts, one or a list, signed by X-Hub-Signature-256 (HMAC-SHA256).",
			permission: noPermission,
			scope: publicRoute,
			params: idParams("addressId"),
			acceptsSigned: true,
			success: { status: 204 },
			errors: ["message.signature.invalid", "message.media.missing"],
			async handler({ params: { addressId }, body, headers }) {
				const address = await messaging.addresses.require(addressId).catch(() => undefined);
				if (address?.provider !== "http") throw notFound("address", addressId);
				const bytes = body as unknown as Buffer | undefined;
				const { secret } = address.settings;
				if (!bytes || !secret || !isSigned(bytes, headers["x-hub-signature-256"], secret)) {
					const event = "message.signature.invalid";
					operators.warn(
						{ event, address: address.address },
						"what a carrier of texts brought was not signed with the secret of the number",
					);
					throw new ApiError(
						401,
						event,
						"X-Hub-Signature-256 is not the body's signature by the secret of this number.",
					);
				}
				const told = jsonOf(bytes);
				const events = Array.isArray(told) ? told : [told];
				if (events.length > mostEvents) throw badField("body", `At most ${mostEvents} events are taken at once.`);
				for (const one of events) {
					const event = carrierEvent(one, address.settings.carrier);
					if (event) await take(address, event);
				}
			},
		}),
	];
}
