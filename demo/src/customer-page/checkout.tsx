import { strings } from "./strings.ts";

/** As a payment service's frame is: of another origin, into which nobody sees. */
const paymentFrame =
	"<style>body{font:14px system-ui;margin:8px}</style><label>Gift card <input value='GIFT-7731-2209' autocomplete='off'></label>";

/** What a customer fills in: an agent who sees the page sees what is open, and dots for the rest. */
export function Checkout() {
	return (
		<section class="shop-checkout" aria-labelledby="checkout-title">
			<h2 id="checkout-title">{strings.checkout}</h2>
			<form onSubmit={(event) => event.preventDefault()}>
				<label>
					{strings.fullName} <input name="name" autocomplete="name" />
				</label>
				<label>
					{strings.street} <input name="street" autocomplete="street-address" />
				</label>
				<label>
					{strings.card} <input name="card" inputMode="numeric" autocomplete="cc-number" />
				</label>
				<label>
					{strings.password} <input name="password" type="password" autocomplete="current-password" />
				</label>
				<label>
					{strings.iban} <input name="iban" data-cobrowse="mask" autocomplete="off" />
				</label>
				<label class="shop-gift">
					<input type="checkbox" name="gift" /> {strings.gift}
				</label>
				<iframe title={strings.payment} sandbox="" srcdoc={paymentFrame} />
				<button type="submit" class="ui-button" data-kind="primary">
					{strings.order}
				</button>
			</form>
			<p>
				<a href="/?orders">{strings.orders}</a>
			</p>
		</section>
	);
}

const rows = Array.from({ length: 150 }, (_, index) => ({
	number: 4300 - index,
	what: ["Ember pendant", "Linden chair", "Quay shelf", "Dusk table lamp"][index % 4],
	state: ["On its way", "Delivered", "Returned"][index % 3],
}));

/** A second page, with a long table. */
export function Orders() {
	return (
		<main class="shop-main">
			<section class="shop-checkout" aria-labelledby="orders-title">
				<h1 id="orders-title">{strings.orders}</h1>
				<p>
					<a href="/">{strings.back}</a>
				</p>
				<table>
					<tbody>
						{rows.map(({ number, what, state }) => (
							<tr key={number}>
								<th scope="row">{number}</th>
								<td>{what}</td>
								<td>{state}</td>
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</main>
	);
}
