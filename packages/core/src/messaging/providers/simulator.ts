import type { Kernel } from "../../kernel/domain.ts";
import type { AddressStore } from "../address-store.ts";
import type { Outbox } from "../outbox.ts";
import type { MessageProvider } from "../provider.ts";

const receiptJob = "messaging.simulated-receipt";
/** How long a simulated phone takes, ms. */
const deliveryMs = 400;

/**
 * Phones that are none, for the demo: what is sent to them is read on their page. Numbers that end in 13 cannot be reached.
 * @param outbox takes the receipts
 */
export function simulatedPhones(
	kernel: Kernel,
	{ addresses, outbox }: { addresses: AddressStore; outbox: () => Outbox },
): MessageProvider {
	const failed = { code: "message.phone.unreachable", message: "The phone with this number cannot be reached." };

	kernel.jobs.handle(receiptJob, async (trx, payload) => {
		const { addressId, providerId, isReached } = payload as Receipt;
		const address = await addresses.find(addressId, trx);
		if (!address) return;
		const told = isReached
			? ({ status: "delivery-success" } as const)
			: ({ status: "delivery-failed", error: failed } as const);
		await outbox().receiptIn(trx, address, providerId, told);
	});

	return {
		async send({ id: addressId }, message) {
			const providerId = `simulated-${message.id}`;
			const isReached = !message.their.endsWith("13");
			const payload: Receipt = { addressId, providerId, isReached };
			const runAt = new Date(kernel.clock.now().getTime() + deliveryMs);
			await kernel.database.change((trx) =>
				kernel.jobs.schedule(trx, { kind: receiptJob, key: message.id, runAt, payload }),
			);
			return { providerId };
		},
	};
}

interface Receipt {
	addressId: string;
	providerId: string;
	isReached: boolean;
}
