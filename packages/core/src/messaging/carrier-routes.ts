import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import { uncheckedJson } from "../kernel/http/json-body.ts";
import { noPermission, publicRoute, type Route, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { readSender } from "./addresses.ts";
import { type CarrierEvent, carrierEvent } from "./carrier-events.ts";
import { carrierPictures } from "./carrier-pictures.ts";
import type { Messaging } from "./messaging.ts";
import type { MessageAddress } from "./model.ts";
import { heardFrom } from "./providers/carrier-form.ts";
import { isSigned } from "./providers/signature.ts";

/** Events that a carrier brings at once. */
const mostEvents = 100;
/** Stands where a picture should be that is not to be had any more. */
const goneText = "MMS: a picture could not be fetched";

type CarrierMessage = Extract<CarrierEvent, { kind: "message" }>;

/** Where a carrier brings what customers write and what became of what was sent, signed with the secret of the number. */
export function carrierRoutes(
	messaging: Messaging,
	{ outgoing, operators }: { outgoing: Pick<Kernel["outgoing"], "ask">; operators: Kernel["operators"] },
	country: () => Promise<string>,
): Route[] {
	const pictures = carrierPictures(messaging.files, { outgoing, operators });

	async function take(address: MessageAddress, event: CarrierEvent): Promise<void> {
		if (event.kind === "message") return receive(address, event);
		const { id, status, error } = event;
		const reason =
			error && status === "delivery-failed" ? { code: "message.delivery.failed", message: error } : undefined;
		await messaging.outbox.receipt(address, id, { status, ...(reason ? { error: reason } : {}) });
	}

	/** A text, and each of its files as a message of its own; what comes again is what came. */
	async function receive(address: MessageAddress, { id, from, text, media }: CarrierMessage): Promise<void> {
		const their = readSender(heardFrom(from, address.settings.carrier), "from", await country());
		if (text.trim() !== "") await messaging.receive(address, { their, text, providerId: id });
		for (const [index, from] of media.entries()) await receiveFile(address, their, `${id}/${index + 1}`, from);
	}

	async function receiveFile(address: MessageAddress, their: string, providerId: string, from: string): Promise<void> {
		if (await messaging.hasArrived(address, their, providerId)) return;
		const got = address.settings.mms ? await pictures.fetched(address, new URL(from)) : undefined;
		const file = got === "gone" ? undefined : got;
		const text = got === "gone" ? goneText : (file?.name ?? "MMS");
		const taken = await messaging.receive(address, { their, text, providerId, ...(file ? { file } : {}) });
		if (file && taken.file?.key !== file.key) await messaging.files.forget(file);
	}

	/** What cannot be taken is told to operators: to bring it again changes nothing. @throws what may be otherwise later */
	async function takeOrTell(address: MessageAddress, event: CarrierEvent): Promise<void> {
		try {
			await take(address, event);
		} catch (error) {
			if (!(error instanceof ApiError) || error.status >= 500) throw error;
			const refused = { event: "message.event.refused", address: address.address, code: error.code, id: event.id };
			operators.warn(refused, "what a carrier of texts brought could not be taken");
		}
	}

	/** Not judged as a whole: what is odd in one, or in what nobody reads, keeps no other from coming in. @throws ApiError 400 */
	function eventsIn(bytes: Buffer, { address }: MessageAddress): unknown[] {
		try {
			const told = uncheckedJson(bytes);
			const events = Array.isArray(told) ? told : [told];
			if (events.length > mostEvents) throw badField("body", `At most ${mostEvents} events are taken at once.`);
			return events;
		} catch (error) {
			const code = error instanceof ApiError ? error.code : undefined;
			operators.warn(
				{ event: "message.event.refused", address, code },
				"what a carrier of texts brought could not be read",
			);
			throw error;
		}
	}

	/** Each by itself. @throws once all have had their turn, what kept one of them from being taken */
	async function takeAll(address: MessageAddress, events: readonly CarrierEvent[]): Promise<void> {
		const failures: unknown[] = [];
		for (const event of events) await takeOrTell(address, event).catch((error: unknown) => failures.push(error));
		if (failures.length > 0) throw failures[0];
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
				const events = eventsIn(bytes, address);
				const read = events.map((one) => carrierEvent(one, address.settings.carrier));
				await takeAll(
					address,
					read.filter((one) => one !== undefined),
				);
			},
		}),
	];
}
