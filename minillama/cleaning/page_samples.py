"""Short web pages worth keeping and not worth keeping, written for this project, to train the quality classifier."""

from .language_samples import SAMPLES

GOOD = """
The heron is a large wading bird that lives near rivers and lakes. It stands still in shallow water for many minutes and
then strikes with its long bill. Herons nest in colonies high in the trees, and both parents feed the young.

Salt has been gathered on this coast since Roman times. Sea water was led into flat basins, where the sun and the wind
dried it. In the eighteenth century cheaper rock salt arrived by canal, and most of the basins were given up.

A barometer measures the pressure of the air. When the pressure falls quickly, wind and rain usually follow within a
day; when it rises slowly, the weather becomes settled. The first ones were long glass tubes filled with mercury.

The composer was born in 1841 as the third son of an organist. He studied law to please his father, but wrote his first
opera before he had finished his degree. It was performed only once in his lifetime, and the critics were divided.

Granite forms when molten rock cools slowly deep below the surface. The slow cooling gives its crystals time to grow, so
that they can be seen without a lens. Because it is hard and takes a polish, it is used for steps and monuments.

The village lies on the southern slope of the hill and has about four hundred inhabitants. A school was opened in 1902
and closed again in 1978, when only eleven children were left. The building is now used by the choir.

In this experiment two groups of seeds were kept at different temperatures. After three weeks, those in the warmer room
were on average twice as tall. The difference was larger for beans than for peas, which we had not expected.

To sharpen a chisel, hold it at a constant angle and move it in small circles on a wet stone. Turn it over from time to
time to remove the burr. It is sharp enough when it cuts the edge of a sheet of paper without tearing it.

The bank was founded to lend money to farmers before the harvest. Members bought a share and could borrow up to ten
times its value. Although interest was low, hardly any loan remained unpaid, since neighbors vouched for one another.

When she came back to the harbor after twenty years, nothing was where she had left it. The ropewalk had become a hotel,
and the boat shed a gallery. Only the smell of tar was the same, and the old man who sat on the wall.

Glaciers move because ice deforms under its own weight. In the middle they flow faster than at the edges, as rows of
stakes have shown. Where the ground becomes steep, the surface breaks into deep cracks, which snow may hide.

The law requires every employer to give notice in writing. The period depends on how long the employee has worked for
the company, and it may not be shorter than four weeks. Different rules apply during the first six months.

Early maps of the island show a lake in its center that never existed. A sailor had described a large pond, and each
copyist drew it a little bigger. It disappeared only in 1790, when a surveyor walked from one shore to the other.

A good loaf needs time more than it needs work. Mix flour, water and a little yeast in the evening, cover the bowl, and
let it rest overnight. In the morning the dough has doubled, and long strands hold it together.
"""

BAD = """
BUY CHEAP SHOES ONLINE!!! Best prices best shoes best deals. Click here to buy shoes now. Free shipping on all shoes!!!
Shoes for men shoes for women shoes for kids. Order now and save 70% off. Limited time only, hurry up!!!

Home | About us | Products | Contact | Login | Register | Sitemap | Terms of use | Privacy policy | Imprint | Jobs |
Newsletter | Follow us on social media | Share | Tweet | Print this page | Back to top

We use cookies to give you the best experience on our website. By continuing to browse you agree to our use of cookies.
Accept all. Reject all. Manage settings. Learn more about our privacy policy and our partners.

lol idk why u even ask that, just google it dude. first!!! hahaha so true omg. +1. thx bro u saved my day. same here,
anyone got a fix?? bump. bump. nvm found it

cheap flights cheap hotels cheap cars holiday deals last minute flights best hotel rates car rental discount vacation
packages all inclusive travel insurance compare prices book now cheap flights to anywhere

Congratulations! You have been selected to win a brand new phone. Click the link below to claim your prize now. This
offer expires in 5 minutes. Enter your credit card number to confirm your identity. No purchase necessary!

Posted by admin on 12/03 at 10:44. Posted by guest on 12/03 at 11:02. Posted by guest on 12/03 at 11:05. Reply. Quote.
Report. Edit. Delete. Page 1 2 3 4 5 6 7 8 next last. You must be logged in to reply.

Lose 20 pounds in 2 weeks with this one weird trick! Doctors hate it! Our miracle pills burn fat while you sleep. Order
today and get a second bottle free. 100% natural, 100% guaranteed results or your money back!!!

Error 404. The page you requested could not be found. Please check the address and try again or return to the home page.
If you think this is a mistake contact the webmaster. Powered by web server version 2.4.

Size: S M L XL XXL. Color: red blue green black white. Quantity: 1 2 3 4 5. Add to cart. Add to wish list. Compare. In
stock. SKU 448219. Weight 0.3 kg. Customers who bought this item also bought. Rating: 4.5 of 5 stars.

Make money from home!!! Earn $5000 per week with no experience. I quit my job and now I work two hours a day. Ask me
how. Join now, it is free. Click here click here click here. Don't miss this amazing opportunity!

Tags: news, sports, video, photo, celebrity, gossip, music, movies, free download, mp3, ringtones, wallpaper, games,
cheats, codes, lyrics, live stream, watch online, full episode, torrent

Loading... Please wait. Please enable JavaScript to view this page. Your browser is out of date. Download the latest
version here. Skip to content. Skip to navigation. Toggle menu. Search. Submit. Cancel. OK. Close.

Best casino bonus 2024 best online casino play slots for real money free spins no deposit bonus codes poker blackjack
roulette casino games win big jackpot sign up now and get your casino bonus

Dear friend, I am the widow of a rich banker and I need your help to transfer 10 million dollars. You will get thirty
percent of the money. Please send me your bank account number and a copy of your passport. This is strictly secret.

Copyright 2009-2021 all rights reserved. Designed by web design company. Hosted by hosting company. Last updated Monday.
Visitors today 14 visitors total 20331. Best viewed in 1024x768. Valid HTML. RSS feed. Subscribe.

hot singles in your area want to meet you tonight. Sign up free no credit card needed. View photos now. Chat live. Find
your match today. Click now click now. 18 and over only. Unsubscribe at any time

Apartment 2BR 1BA $950/mo avail. now. No pets. W/D in unit. A/C. Pkg incl. Nr. bus. Call 555-0142 or txt. Serious
inquiries only. Must see! Won't last! Apartment 1BR $700/mo utils incl.

What is the best vacuum cleaner? The best vacuum cleaner is the best vacuum cleaner for you. If you look for the best
vacuum cleaner, read our best vacuum cleaner guide. Our best vacuum cleaner reviews help you buy the best vacuum.

Monday 9-5 Tuesday 9-5 Wednesday 9-5 Thursday 9-7 Friday 9-7 Saturday 10-2 Sunday closed. Get directions. Call now.
Claim this business. Write a review. Be the first to review. Suggest an edit. Nearby places.

Sponsored. You won't believe what happened next! These 15 photos will shock you. Number 7 will make you cry. Next. Next.
Next. Start slideshow. Advertisement. Advertisement. Recommended for you. Around the web.

Subscribe to our newsletter and get 10% off your first order. Enter your email address. By signing up you agree to our
terms. No thanks. Thank you for subscribing! Check your inbox. Follow us. Like us. Share with friends.

Watch HD movies online for free no sign up. Download full movie 720p 1080p with subtitles. Latest episodes season 1
season 2 season 3. Mirror link 1. Mirror link 2. Fast server. Report broken link.

FREE FREE FREE gift cards generator working 2023 no survey no verification get unlimited coins and gems hack tool
download now android ios pc 100% working updated today
"""


def _paragraphs(text: str) -> list[str]:
    """Paragraphs as single lines."""
    return [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]


GOOD_PAGES: list[str] = _paragraphs(GOOD) + SAMPLES["en"]
BAD_PAGES: list[str] = _paragraphs(BAD)
