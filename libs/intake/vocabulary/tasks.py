"""Words by which people describe what a model is to do, with how much each says."""

TASKS: tuple[tuple[str, float, str], ...] = (
    # llm_rag
    ("llm_rag", 4, r"rag|retrieval[- ]augmented|chat-?bots?|chat assistant|conversational assistant|virtual assistant|knowledge[- ]base|question[- ]answering|q&a (?:bot|assistant|system)|wissensdatenbank|base de conocimiento|base de connaissances|asistente (?:virtual|conversacional)|assistant conversationnel|chat-?assistent\w*"),
    ("llm_rag", 3, r"(?:copilot|assistant|bot|agent) (?:that|which|to|for|who)|answers? (?:\w+'?s?'? ){0,3}questions|llms?|gpt-?\d?|large language models?|generative ai|genai|ask (?:questions|our documents)|semantic search over"),
    ("llm_rag", 2, r"(?:cites?|citing|links? to) (?:the |its )?(?:source|passage)s?|embeddings?|vector (?:store|database|db)|prompts?|language model"),
    # recommendation
    ("recommendation", 4, r"recommend(?:er|ation|ations|ing)?(?: (?:system|engine))?|recommends?|recs|recsys|empfehl\w+|recomend\w+|recommandations?|people also bought|you may also like|personali[sz]ed (?:feed|offers?|content|suggestions?|home)|next[- ]best[- ](?:offer|product|action)|similar (?:items|products)|personalizad\w+|cross-?sell\w*|up-?sell\w*"),
    ("recommendation", 2, r"personali[sz]\w+|suggest (?:products|items|articles|songs|movies|shows|books)"),
    # ranking
    ("ranking", 4, r"(?:re-?)?rank(?:ed|s|ing|er)?|learning[- ]to[- ]rank|ltr|search (?:results|relevance|ranking)|order the (?:candidates|results|ads|listings)|sort (?:the )?(?:results|listings|candidates|search)|suchergebnisse|resultados de busqueda|resultats de recherche|ordenar (?:los )?resultados|classement|reihenfolge der (?:treffer|ergebnisse)"),
    ("ranking", 2, r"by expected value|odds of a click|click-?through|ctr|relevance"),
    # forecasting
    ("forecasting", 4, r"forecast\w*|fcst|demand (?:planning|prediction|model)|time[- ]series|predict (?:\w+ ){0,3}(?:demand|sales|load|consumption|traffic|volume|occupancy|inventory|stock)|load of the (?:coming|next)|(?:demand|sales|load|consumption|occupancy|staffing needs?|inventory|volume|call volume) (?:for|of|over|in) the (?:next|coming|following)|prognose\w*|absatz\w*|nachfrage\w*|pronostic\w*|prever la demanda|prevision\w*|previs\w+|demanda (?:futura|de)|pronostiqu\w*|nowcast\w*"),
    ("forecasting", 3, r"(?:next|coming|following) (?:\d+|two|three|four|six|seven|twelve|24) (?:hours|days|weeks|months)|(?:days|hours|weeks) (?:out|ahead)|how (?:many|much) (?:\w+ ){0,5}(?:tomorrow|next (?:day|week|month|hour))|tomorrow's (?:demand|load|sales|production)"),
    # anomaly
    ("anomaly", 4, r"anomal\w+|outliers?|odd behaviou?r|unusual (?:behaviou?r|patterns?|activity|readings?|traffic|values)|abnormal\w*|intrusion\w*|unsupervised|(?:learn|know|knows) what (?:is )?normal|what normal looks like|novelty detection|detect (?:\w+ ){0,2}(?:deviations?|drift|leaks?)|anomalie\w*|auffallig\w*|ungewohnlich\w*|abweichung\w*|inusual\w*|inhabituel\w*|no (?:usable )?labels|strange (?:patterns?|behaviou?r)"),
    # vision
    ("vision", 4, r"computer vision|segmentation|object detection|detect (?:\w+ ){0,3}(?:in|on|from) (?:the |our )?(?:images?|photos?|videos?|camera|frames|pictures|x-?rays?|scans)|(?:images?|photos?|pictures?|x-?rays?|mri|scans) classif\w+|visual inspection|optical inspection|surface (?:inspection|defects?)|camera is seeing|camera\w*|kamera\w*|camaras?|x-?rays?|radiolog\w+|mri|ct scans|bildverarbeitung|bilderkennung|vision artificial|vision par ordinateur|number ?plates?|license plates?|face recognition|satellite images?|drone (?:images?|footage)|pixel\w*|video analy\w+|yolo|cctv"),
    ("vision", 2, r"images?|photos?|pictures?|videos?|cracks?|defects?|scratches|bilder|fotos?|imagenes|imagen|bildern|ocr|video frames?"),
    # nlp
    ("nlp", 4, r"nlp|named entit\w+|entity extraction|extract (?:\w+[, ]+){1,6}from (?:\w+ ){0,4}(?:contracts?|documents?|text|e?mails?|letters|invoices?|reports?|pdfs?|notes|filings|cvs|resumes)|summari[sz]\w+|zusammenfass\w*|resum(?:ir|en)\w*|translat\w+|ubersetz\w*|traduc\w+|traduire|sentiment\w*|stimmung\w*|transcri\w+|speech[- ]to[- ]text|topic model\w*|text mining|spracherkennung|key ?phrases?|parse (?:\w+ ){0,3}(?:contracts|invoices|cvs|resumes|documents)|redact\w*|keyword extraction|extraer|extraire|textanalyse"),
    ("nlp", 1.5, r"free[- ]?text|texts?|emails?|tone of"),
    # classification
    ("classification", 4, r"fraud\w*|betrug\w*|fraude\w*|churn\w*|kundigungswahrscheinlich\w*|abwander\w*|spam|phishing|classif\w+|klassifi\w+|clasific\w+|categori[sz]\w+|kategor\w+|categor\w+|no-?shows?|credit (?:risk|scor\w+|default)|scorecard|defaults? (?:within|in|on)|probability (?:that|of)|likelihood|chance (?:that|of)|odds (?:that|of) (?!a click)|how likely|most likely to|likely to (?:\w+ )?(?:cancel|leave|churn|default|fail|buy|convert|miss|return|break|click|open)|wahrscheinlichkeit|probabilidad|probabilite|triage|urgency|priority (?:class|level)|suspicious|verdachtig\w*|sospechos\w*|suspect\w*|lead scoring|propensity|content moderation|moderat\w+|toxic\w*|hate speech|sort(?:ed|s)? (?:\w+ ){0,3}(?:by|into) (?:\w+ )?(?:type|category|categories|topic|department|classes|matter|kind)|assign(?:s|ed)? (?:\w+ ){0,5}(?:category|categories|label|labels|class|queue|code)|rout(?:e|es|ed|ing) (?:\w+ ){0,4}(?:tickets?|e?mails?|cases|requests|messages|claims) to|zuordn\w*|zuzuordnen|predictive maintenance|break ?downs?|break down|fail(?:ure)?s? (?:in|within) the (?:next|coming)|risk scor\w+|readmission|attrition|default risk|impago|morosidad|bajas de clientes|desercion|defaut de paiement|attrition|resiliation|diagnos\w+|intent (?:detection|recognition)|approve or (?:decline|reject)|accept or reject|chargeback\w*|money laundering|aml|blanchiment|blanqueo|geldwasche|verdict|account takeover|bots? detection|fake (?:reviews?|accounts?|listings?)|duplicate detection|will (?:cancel|churn|default|buy|convert|fail|break)"),
    ("classification", 2, r"flag\w*|labels?|yes or no|detect\w*|risk|decide on|cancel\w*|malware|approve\w*"),
    # regression
    ("regression", 4, r"regress\w+|(?:dynamic|optimal) pric\w+|pric(?:e|es|ing) (?:\w+ ){0,4}(?:is|are) (?:set|predicted|estimated|calculated)|(?:estimat\w*|predict\w*|apprais\w*|model|suggest|set) (?:\w+ ){0,5}(?:price|prices|value|cost|costs|duration|time|rent|weight|lifetime value|ltv|clv|yield|consumption|salary|amount|energy|fare|temperature|quality|strength)|arrival[- ]time\w*|etas?|estimated time of arrival|delivery time\w*|travel time\w*|time to (?:delivery|arrival|failure)|remaining useful life|rul|lifetime value|ltv|clv|valuation|preisgestaltung|preisvorhersage|precio dinamico|precios dinamicos|tarifa|tarification|prix dynamique\w*|dynamische\w* preis\w*|ankunftszeit\w*|tiempo de (?:llegada|entrega)|temps (?:d'arrivee|de livraison)|minutes until|how long (?:\w+ ){0,5}(?:take|last|until)|how much (?:\w+ ){0,4}(?:worth|cost|sell)|house prices|fare engine|price of a \w+|delay minutes|surge pric\w+|valor(?:ar|acion) (?:de )?(?:viviendas|inmuebles)|estimer le prix|prix de"),
    ("regression", 2, r"pric(?:e|es|ing)|fares?|estimate|precio\w*|preise?|prix"),
    # other
    ("other", 3, r"reinforcement learning|clustering|customer segments?|segment (?:our |the )?customers|causal\w*|uplift|route optimi[sz]ation|simulat\w+|graph neural|generate (?:images|music|code|designs)|image generation|text-to-(?:image|video)|speech synthesis|text-to-speech|matching problem|bandits?|entity resolution|record linkage"),
)
"""Task, weight of a mention, words. Mentions of one entry count once."""

WANTS_ML: tuple[tuple[float, str], ...] = (
    (3, r"ml|mlops|machine[- ]learning|deep learning|ai|artificial intelligence|ki|kunstliche intelligenz|maschinelles lernen|inteligencia artificial|aprendizaje automatico|intelligence artificielle|apprentissage automatique|ia|data science|neural net\w*|predictive|xgboost|lightgbm|catboost|pytorch|tensorflow|scikit-learn|sklearn|transformers?|bert|vit|embeddings?|llms?|sagemaker|vertex ai|mlflow|feature store|inference|re-?train\w*|nachtrainier\w*|re-?entren\w*|re-?entrain\w*"),
    (2, r"(?:the|our|a|new|own|each) models?|modelo|modell|modele|predict\w*|vorhersag\w*|predec\w+|predi(?:re|ction\w*)|scor(?:e|es|ed|ing)|train(?:ed|ing)? (?:the |a |our |it )|training (?:jobs?|data|set)|learns? (?:from|what|to)|labels|algorithm\w*|features?\b"),
)
"""Words that say machine learning is wanted without saying for what."""

SYSTEM_WORDS: tuple[tuple[float, str], ...] = (
    (1.5, r"latency|throughput|rps|qps|tps|p9[059]|\d+\s?ms|requests?/s|api|gdpr|dsgvo|rgpd|hipaa|pci[- ]?dss|soc ?2|uptime|serverless|kubernetes|k8s|gpus?|aws|azure|gcp|google cloud|terraform|kafka|data ?lake|endpoints?|servers?|hosted|hosting|availability|verfugbarkeit|disponibilidad|disponibilite|data ?set|software|system|platform|app"),
)
"""Words of running software; alone they make no machine-learning brief."""
