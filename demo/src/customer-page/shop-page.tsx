import { Icon } from "@inlay/ui";
import { CallCard, type Caller } from "./call-card.tsx";
import { Checkout, Orders } from "./checkout.tsx";
import type { CustomerCall } from "./customer-call.ts";
import { Goods } from "./goods.tsx";
import { strings } from "./strings.ts";

/** A shop's page on which visitors can call. */
export function ShopPage(props: { call: CustomerCall; service: string; caller: Caller }) {
	return (
		<div class="shop">
			<header class="shop-header">
				<span class="shop-mark">
					<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
						<path d="M12 4a6 6 0 0 1 6 6H6a6 6 0 0 1 6-6zM11 10h2v8h3v2H8v-2h3z" fill="currentColor" />
					</svg>
				</span>
				<strong>{strings.shop}</strong>
				<span class="shop-tagline">{strings.tagline}</span>
			</header>
			{location.search === "?orders" ? <Orders /> : <Front {...props} />}
			<footer>{strings.footer}</footer>
		</div>
	);
}

function Front(props: { call: CustomerCall; service: string; caller: Caller }) {
	return (
		<main class="shop-main">
			<div class="shop-hero">
				<h1>{strings.heroTitle}</h1>
				<p>{strings.heroText}</p>
				<a class="ui-button hero-action" data-kind="primary" href="#call">
					<Icon name="phone" />
					{strings.heroAction}
				</a>
			</div>
			<CallCard {...props} />
			<section class="shop-goods" aria-labelledby="goods-title">
				<h2 id="goods-title">{strings.goods}</h2>
				<Goods />
			</section>
			<Checkout />
		</main>
	);
}
