"""Towns in which people host and by which no time zone is called, with their country."""

_TOWNS: dict[str, str] = {
    "germany": "hessen hesse bayern bavaria sachsen saxony thuringen nrw niedersachsen munich munchen hamburg "
    "cologne koln leipzig stuttgart dusseldorf nuremberg nurnberg hannover hanover "
    "karlsruhe dresden essen dortmund bremen mannheim darmstadt freiburg kiel bonn wiesbaden",
    "austria": "tirol tyrol steiermark vorarlberg wien graz linz salzburg innsbruck",
    "france": "bretagne brittany normandie normandy occitanie lyon marseille toulouse bordeaux lille nantes "
    "strasbourg grenoble rennes montpellier roubaix",
    "spain": "catalonia cataluna catalunya andalucia galicia barcelona bilbao valencia sevilla seville malaga "
    "zaragoza",
    "italy": "lombardia lombardy toscana tuscany sicilia sicily veneto roma turin torino naples napoli "
    "bologna florence firenze genoa genova bergamo arezzo verona",
    "uk": "scotland wales northern-ireland manchester birmingham edinburgh glasgow cardiff bristol leeds "
    "belfast slough",
    "ireland": "cork galway limerick",
    "netherlands": "rotterdam utrecht eindhoven the-hague groningen",
    "belgium": "antwerp antwerpen ghent gent brussel bruxelles leuven liege",
    "switzerland": "geneva geneve genf basel bern berne lausanne lugano",
    "poland": "krakow wroclaw poznan gdansk warszawa warschau varsovia",
    "portugal": "porto braga coimbra lisboa lissabon lisbonne",
    "sweden": "gothenburg goteborg malmo lulea",
    "norway": "bergen trondheim stavanger",
    "denmark": "aarhus odense kopenhagen copenhague",
    "finland": "tampere espoo turku hamina",
    "czechia": "brno ostrava prag praha",
    "hungary": "debrecen",
    "greece": "thessaloniki athen atenas",
    "canada": "ottawa quebec-city ontario alberta british-columbia nova-scotia manitoba saskatchewan",
    "us": "dallas houston seattle atlanta boston miami philadelphia san-francisco ashburn austin portland",
    "mexico": "guadalajara queretaro",
    "brazil": "rio-de-janeiro curitiba brasilia campinas",
    "colombia": "medellin cali",
    "argentina": "cordoba rosario",
    "chile": "valparaiso",
    "india": "bangalore bengaluru delhi new-delhi chennai pune kolkata",
    "japan": "kyoto nagoya yokohama fukuoka",
    "australia": "adelaide canberra queensland new-south-wales tasmania",
    "new zealand": "wellington christchurch",
    "south africa": "durban pretoria",
    "israel": "haifa",
    "uae": "abu-dhabi",
    "saudi arabia": "jeddah",
    "indonesia": "surabaya",
    "vietnam": "hanoi",
    "china": "beijing shenzhen guangzhou",
}
TOWNS: dict[str, str] = {
    town.replace("-", " "): country for country, towns in _TOWNS.items() for town in towns.split()
}
"""Folded name → country."""
