"""What makes a crawl dirty: menus, cookie notices, adverts, prizes, keyword lists, link lists and debris."""

from .common_words import split

WORDS = {
    name: split(words)
    for name, words in {
        "FIGURE": "12,17,23,28,31,36,44,48,52,57,63,69,74,79,85,90",
        "SECTION": "News,Recipes,Weather,Letters,Shops,Pets,Travel,Events,Diaries,Reviews,Sports,Music,Jobs,Maps",
        "NETWORK": "Townbook,Pigeongram,Chirper,Linkpost,Photomill,Telegraph",
        "FIRM": "Alderbrook Post,Alder Web,Brookside Media,Village Voice,Town Crier,Lantern Press",
        "WARES": "watches,pills,shoes,loans,handbags,phones,carpets,tickets,diamonds,perfume,sofas,ringtones",
        "CHEAP": "cheap,best,free,discount,original,luxury,fast,online,secret,instant,exclusive,genuine",
        "PRIZE": "a golden car,a free holiday,a diamond ring,a castle,a speed boat,a lifetime of soup,a pony",
        "CRY": "WOW,AMAZING,HURRY,LOOK HERE,DO NOT MISS THIS,LAST CHANCE,INCREDIBLE,ACT NOW",
        "SYLLABLE": "qx,zv,krr,pfl,xxo,jj,ghh,wq,vbn,tzz,mmk,yxc,sdf,lkj,rrt,bq",
        "MOJIBAKE": "Ã¤,Ã¶,Ã¼,Ã©,Ã±,â€™,â€œ,Â°,ï¿½,Ð¾,Ñ‚,&nbsp;,&amp;,%20,\\u00e4,<br/>",
        "STUB": "Page not found.,Under construction.,Untitled document,Loading...,Please enable scripts.,"
        "Access denied.,This page is empty.,Test test test,Coming soon!,Error 500,Session expired.,No results.",
    }.items()
}

# (truth, first words, what follows, weight); the first words tell everything apart
FORMS = (
    ("page", "Home | ", "head_home", 12),
    ("page", "Skip to content\n", "HEAD", 12),
    ("page", "We use cookies to make ", "head_cookies", 12),
    ("page", "Menu: ", "head_menu", 12),
    ("page", "You are here: ", "head_here", 12),
    ("spam", "Congratulations! ", "spam_prize", 4),
    ("spam", "!!! ", "spam_cry", 4),
    ("spam", "buy ", "spam_keys", 4),
    ("spam", "Dear friend, ", "spam_uncle", 3),
    ("foreign", "Guten Tag! ", "german", 5),
    ("foreign", "Bonjour ! ", "french", 5),
    ("foreign", "¡Hola! ", "spanish", 5),
    ("debris", "ÿþ ", "debris_bits", 2),
    ("debris", "asdf ", "debris_keys", 2),
    ("debris", "Notice: ", "debris_stub", 2),
    ("debris", "HEY ", "debris_shout", 2),
    ("debris", "... ... ", "debris_dots", 2),
    ("links", "Links: ", "links", 4),
    ("links", "Sitemap of ", "sitemap", 4),
)

RULES = {
    "head_home": ("{SECTION} | {SECTION} | About us | Contact\n{@HEAD}",),
    "head_cookies": ("{SECTION} better. Accept all | Reject | Settings\n{@HEAD}",),
    "head_menu": ("Log in | Register | {SECTION} | Search\n{@HEAD}",),
    "head_here": ("Home > {SECTION} > {SECTION} > Article\n{@HEAD}",),
    "HEAD": (
        "Advertisement\n",
        "Posted in {SECTION} by admin, {FIGURE} views\n",
        "Tags: {SECTION}, {SECTION}, {SECTION}\n",
        "This site is best viewed at 640x480.\n",
    ),
    "foot": (
        "\nShare this: {NETWORK} | {NETWORK} | E-mail\n{@FOOT}",
        "\nSubscribe to our newsletter! Enter your e-mail address.\n{@FOOT}",
        "\nComments ({FIGURE} so far): log in to reply.\n{@FOOT}",
        "\nRead more: {SECTION} | {SECTION} | Back to top\n{@FOOT}",
        "\nPrint this page | Send it to a friend | {FIGURE} likes\n{@FOOT}",
    ),
    "FOOT": (
        "Copyright 1962 {FIRM}. All rights reserved.",
        "Terms of use | Privacy policy | {FIRM}",
        "Powered by {FIRM}. You are visitor number {FIGURE} today.",
        "Sponsored links: {CHEAP} {WARES}, {CHEAP} {WARES}. Copyright {FIRM}.",
    ),
    "spam_prize": ("You are visitor number {FIGURE} today and have won {PRIZE}! {@SPAM} {@SPAM2} {@SPAM3}",),
    "spam_cry": ("{CRY} !!! {CHEAP} {WARES} for {FIGURE} coins only! {@SPAM} {@SPAM3} {@SPAM2}",),
    "spam_keys": ("{WARES} {@KEYS} {@KEYS} {@KEYS} {@KEYS}",),
    "spam_uncle": ("a rich uncle left you {FIGURE} million coins. {@SPAM3} {@SPAM2} {@SPAM}",),
    "KEYS": (
        "buy {WARES} online {CHEAP} {WARES} {CHEAP} {WARES} near you",
        "order {CHEAP} {WARES} {WARES} {WARES} no fee",
        "top {WARES} {CHEAP} {CHEAP} {WARES} review {FIGURE} stars",
        "sale {WARES} {WARES} {CHEAP} {WARES} today",
    ),
    "SPAM": (
        "Click here for {CHEAP} {WARES}!",
        "Order {CHEAP} {WARES} and {CHEAP} {WARES} now!",
        "Send {FIGURE} coins to {FIRM} at once!",
    ),
    "SPAM2": (
        "No risk, no fee, {CHEAP} {WARES}!",
        "Only today: {CHEAP} {WARES}, {CRY}!",
        "Doctors hate this trick with {WARES}!",
    ),
    "SPAM3": (
        "Hurry, only {FIGURE} left!",
        "Win {PRIZE} with every order!",
        "Say yes and get {PRIZE}!",
    ),
    "links": ("{SECTION}\n{@LINK}\n{@LINK}\n{@LINK}\n{@LINK}\n{@LINK}{@LINKS}",),
    "sitemap": ("{FIRM}\n{@LINK}\n{@LINK}\n{@LINK}\n{@LINK}{@LINKS}",),
    "LINKS": (
        "",
        "\nMore\n{@LINK}\n{@LINK}\n{@LINK}",
        "\nArchive {FIGURE}\n{@LINK}\n{@LINK}",
    ),
    "LINK": (
        "http://www.{CHEAP}-{WARES}.example/{FIGURE}",
        "> {SECTION} > {SECTION} > page {FIGURE}",
        "({SECTION}) ({SECTION}) (next)",
    ),
    "debris_bits": ("{@BITS}{@BITS}{@BITS}{MOJIBAKE}",),
    "debris_keys": ("{@KEY}{@KEY}{@KEY}{SYLLABLE}",),
    "debris_stub": ("{STUB} (code {FIGURE}{SYLLABLE}{FIGURE}{SYLLABLE})",),
    "debris_shout": ("{h=PERSON}!!! {CRY}!!! WHY DOES NOBODY ANSWER??? {CRY}!!! {CRY}!!!",),
    "debris_dots": ("{STUB} ... {FIGURE}{SYLLABLE}{FIGURE} ... {STUB} ...",),
    "BITS": ("{MOJIBAKE}{MOJIBAKE}{SYLLABLE} {SYLLABLE}{MOJIBAKE} {MOJIBAKE}{MOJIBAKE}{MOJIBAKE} ",),
    "KEY": ("{SYLLABLE}{SYLLABLE} {SYLLABLE} {SYLLABLE}{SYLLABLE}{SYLLABLE}, ",),
}
