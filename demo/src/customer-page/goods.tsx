import type { ComponentChildren } from "preact";

interface Good {
	name: string;
	price: string;
	text: string;
	art: ComponentChildren;
}

const wood = "var(--wood)";
const lamp = "var(--glow)";

const goods: Good[] = [
	{
		name: "Ember pendant",
		price: "$148",
		text: "Spun brass, linen cord",
		art: (
			<>
				<path d="M60 0v34" stroke={wood} stroke-width="2" />
				<path d="M30 70a30 36 0 0 1 60 0z" fill={wood} />
				<ellipse cx="60" cy="71" rx="26" ry="5" fill={lamp} />
				<path d="M36 76L18 120h84L84 76z" fill={lamp} opacity=".28" />
			</>
		),
	},
	{
		name: "Linden chair",
		price: "$420",
		text: "Solid ash, woven seat",
		art: (
			<>
				<path d="M38 22h44l-3 42H41z" fill="none" stroke={wood} stroke-width="6" stroke-linejoin="round" />
				<path d="M34 66h52l4 9H30z" fill={lamp} />
				<path d="M36 75l-5 39M84 75l5 39M52 30v30M68 30v30" stroke={wood} stroke-width="5" stroke-linecap="round" />
			</>
		),
	},
	{
		name: "Quay shelf",
		price: "$260",
		text: "Oiled oak, no screws",
		art: (
			<>
				<path
					d="M22 18v96M98 18v96M22 34h76M22 68h76M22 102h76"
					stroke={wood}
					stroke-width="6"
					stroke-linecap="round"
				/>
				<path d="M34 31V20h8v11M46 31V16h7v15M78 65V50h10v15M36 99V84h22v15" fill={lamp} />
			</>
		),
	},
	{
		name: "Dusk table lamp",
		price: "$96",
		text: "Stoneware, dimmable",
		art: (
			<>
				<path d="M42 22h36l14 40H28z" fill={lamp} />
				<path d="M60 62v26" stroke={wood} stroke-width="6" />
				<path d="M40 112c0-16 8-24 20-24s20 8 20 24z" fill={wood} />
			</>
		),
	},
];

/** What the shop has this week. */
export function Goods() {
	return (
		<ul class="goods">
			{goods.map(({ name, price, text, art }) => (
				<li key={name}>
					<svg viewBox="0 0 120 124" aria-hidden="true" focusable="false">
						{art}
					</svg>
					<h3>{name}</h3>
					<p>{text}</p>
					<p class="price">{price}</p>
				</li>
			))}
		</ul>
	);
}
