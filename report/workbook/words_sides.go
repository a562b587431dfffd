package workbook

import "valuebook/report/dataset"

// sideWords are the names of benefits and costs by group (METHOD 7.5). Longer
// phrases are tried first.
var sideWords = []struct {
	side    dataset.Side
	group   dataset.Group
	phrases []string
}{
	{dataset.Benefit, dataset.Product, words("kalite,urun kalitesi,urun,performans,guvenilirlik,качество,качество продукции,качество товара,продукт,надежность,ассортимент,الجودة,جودة المنتج,المنتج,איכות,המוצר,location,rooms,room,room quality,breakfast,menu,ambience,ambiance,atmosphere,lage,zimmer,fruhstuck,essen,ambiente,emplacement,chambre,ubicacion,habitacion,posizione,camera,driftsakerhet,quality,product quality,product,performance,reliability,durability,features,functionality,design,range,assortment,selection,availability,safety,comfort,innovation,technology,flexibility,accuracy,cleanliness,food,taste,customisation,customization,fit for purpose,better solution,specification,usability,ease,ease of use,convenience,simplicity,user friendliness,portability,compatibility,benutzerfreundlichkeit,bedienbarkeit,bedienung,einfachheit,komfort,facilite d utilisation,simplicite,convivialite,commodite,facilidad de uso,comodidad,sencillez,facilita d uso,semplicita,comodita,facilidade de uso,conveniencia,simplicidade,gebruiksgemak,eenvoud,gemak,latwosc uzycia,wygoda,prostota,易用性,便利性,使いやすさ,操作性,利便性," +
		"qualitat,produktqualitat,produkt,leistung,zuverlassigkeit,haltbarkeit,funktion,funktionen,funktionsumfang,auswahl,sortiment,verfugbarkeit,sicherheit," +
		"qualite,qualite du produit,produit,fiabilite,durabilite,fonctionnalites,disponibilite,gamme,securite,calidad,calidad del producto,producto,rendimiento,fiabilidad,durabilidad,disponibilidad,surtido,seguridad," +
		"qualita,qualita del prodotto,prodotto,affidabilita,durata,prestazioni,qualidade,qualidade do produto,produto,desempenho,confiabilidade,kwaliteit,productkwaliteit,betrouwbaarheid,prestaties,assortiment," +
		"质量,产品质量,品质,性能,可靠性,功能,产品,品質,商品品質,製品品質,信頼性,機能,耐久性,品揃え,jakosc,jakosc produktu,niezawodnosc,funkcjonalnosc,kvalitet,kvalitet produkt")},
	{dataset.Benefit, dataset.Service, words("hizmet,servis,destek,teslimat,musteri hizmetleri,обслуживание,сервис,поддержка,доставка,консультации,الخدمة,خدمة العملاء,الدعم,التوصيل,שירות,תמיכה,משלוח,service,services,service quality,customer service,support,technical support,after sales,after sales service,delivery,on time delivery,delivery performance,delivery reliability,responsiveness,response,speed,punctuality,short lead time,short delivery time,quick delivery,fast delivery,problem solving,error handling,warranty,guarantee,advice,consulting,training,communication,complaint handling,maintenance service," +
		"kundendienst,kundenservice,betreuung,lieferung,lieferservice,liefertreue,termintreue,beratung,garantie,reaktion,reklamation,service client,livraison,conseil,assistance,reactivite,servicio,servicio al cliente,soporte,entrega,asesoramiento,garantia,atencion al cliente,atencion," +
		"servizio,servizio clienti,supporto,consegna,assistenza,garanzia,consulenza,servico,atendimento,atendimento ao cliente,suporte,klantenservice,dienstverlening,ondersteuning,levering,leverbetrouwbaarheid,advies," +
		"服务,服务质量,客户服务,售后服务,售后,交付,配送,支持,サービス,サポート,納期,アフターサービス,対応,obsluga,obsluga klienta,serwis,dostawa,wsparcie,kundtjanst,leverans")},
	{dataset.Benefit, dataset.Personnel, words("personel,calisanlar,персонал,сотрудники,компетентность,вежливость,الموظفون,צוות,personnel,staff,people,employees,expertise,competence,experience,team,sales team,sales force,friendliness,courtesy,professionalism,knowledgeable staff,attitude," +
		"personal,mitarbeiter,kompetenz,fachkompetenz,erfahrung,freundlichkeit,aussendienst,competences,equipe,personal de ventas,empleados,competencia,experiencia,amabilidad,personale,competenza,esperienza,cortesia,pessoal,funcionarios,equipe de vendas,competencia tecnica," +
		"personeel,medewerkers,deskundigheid,ervaring,vriendelijkheid,人员,员工,专业性,人員,スタッフ,専門性,personel,pracownicy,kompetencje,personale dipendente")},
	{dataset.Benefit, dataset.Image, words("marka,imaj,guven,itibar,бренд,имидж,репутация,доверие,العلامة التجارية,السمعة,מותג,מוניטין,image,brand,brand image,brand reputation,company image,reputation of supplier,prestige,trust,trustworthiness,sustainability,social advantage,status,credibility,values," +
		"marke,markenimage,ruf,ansehen,vertrauen,nachhaltigkeit,marque,image de marque,reputation de la marque,confiance,imagen,imagen de marca,marca,prestigio,confianza,sostenibilidad,immagine,immagine del marchio,marchio,fiducia,sostenibilita,imagem,imagem da marca,confianca,sustentabilidade," +
		"imago,merk,merkimago,vertrouwen,duurzaamheid,形象,品牌形象,品牌,信誉,声誉,イメージ,ブランド,ブランドイメージ,信用,評判,wizerunek,marka,reputacja,zaufanie")},
	{dataset.Cost, dataset.Monetary, words("fiyat,maliyet,ucret,цена,цены,стоимость,затраты,расходы,السعر,الأسعار,التكلفة,מחיר,עלות,price,prices,price level,purchase price,total price,cost,costs,total cost,total cost of ownership,tco,fees,fee,charges,expense,expenses,installation cost,onboarding cost,onboarding,installation,maintenance,maintenance cost,operating cost,running cost,renewal,renewal cost,switching cost,switching costs,delivery cost,shipping cost,monetary cost,money," +
		"preis,preise,preisniveau,kosten,gesamtkosten,anschaffungskosten,betriebskosten,wartung,wartungskosten,gebuhren,wechselkosten,folgekosten,prix,cout,couts,cout total,frais,tarif,tarifs,precio,precios,coste,costes,costo,costos,coste total,tarifa,tarifas,prezzo,prezzi,costi,costo totale,tariffe," +
		"preco,precos,custo,custos,custo total,taxas,prijs,prijzen,totale kosten,tarief,tarieven,onderhoudskosten,价格,成本,费用,总成本,价钱,価格,値段,料金,費用,コスト,総コスト,cena,ceny,koszt,koszty,koszt calkowity,oplaty,pris,priser,kostnad,kostnader,omkostninger")},
	{dataset.Cost, dataset.TimeCost, words("bekleme suresi,sure,zaman,время,время ожидания,сроки,срок поставки,وقت الانتظار,الوقت,זמן המתנה,זמן,tempi di attesa,tempo di consegna,vantetid,leveranstider,ventetid,svartid,time,time cost,time spent,waiting time,waiting,delivery time,lead time,response time,buying time,learning time,time to learn,time to buy,processing time,delay,delays,onboarding time,setup time," +
		"zeit,zeitaufwand,wartezeit,lieferzeit,bearbeitungszeit,lernaufwand,durchlaufzeit,temps,temps d attente,delai,delais,delai de livraison,tiempo,tiempo de espera,plazo,plazo de entrega,plazos,tempo,tempo di attesa,tempi di consegna,tempo de espera,prazo,prazo de entrega," +
		"tijd,wachttijd,levertijd,doorlooptijd,时间,时间成本,等待时间,交货时间,时间花费,時間,時間コスト,待ち時間,czas,czas oczekiwania,czas dostawy,tid,leveranstid,ventetid")},
	{dataset.Cost, dataset.Energy, words("caba,zahmet,усилия,сложность,الجهد,מאמץ,besvar,effort,energy,energy cost,physical effort,installation effort,installation stress,hassle,inconvenience,complexity,difficulty,customer effort,bureaucracy,paperwork," +
		"aufwand,muhe,energie,umstand,komplexitat,anstrengung,effort du client,complexite,difficulte,energie depensee,esfuerzo,energia,complejidad,dificultad,sforzo,fatica,complessita,esforco,complexidade,burocracia,inspanning,moeite,complexiteit," +
		"精力,精力成本,体力,体力成本,努力,麻烦,労力,手間,体力コスト,エネルギー,wysilek,trudnosc,zlozonosc,anstrangning,innsats")},
	{dataset.Cost, dataset.Psychic, words("noise,larm,bruit,ruido,rumore,buller,stres,belirsizlik,риск,стресс,المخاطر,סיכון,psychic,psychic cost,psychological cost,stress,risk,perceived risk,worry,anxiety,uncertainty,bad experience,poor reputation,frustration,annoyance,complaints,complaint rate,number of complaints,defects,defect rate,errors,error rate,failures,failure rate,downtime,problems,bugs,mistakes,beschwerden,mangel,fehler,fehlerquote,ausfalle,probleme,plaintes,defauts,erreurs,pannes,problemes,quejas,defectos,errores,fallos,problemas,reclami,difetti,errori,guasti,problemi,reclamacoes,defeitos,erros,falhas,klachten,fouten,storingen,problemen,skargi,bledy,usterki,problemy,投诉,缺陷,故障,错误,苦情,不良,エラー," +
		"psychisch,psychische kosten,risiko,sorge,unsicherheit,arger,risque,stress percu,incertitude,riesgo,estres,incertidumbre,rischio,incertezza,risco,estresse,incerteza,risico,onzekerheid,zorgen," +
		"风险,心理成本,压力,焦虑,リスク,不安,心理的コスト,ストレス,ryzyko,stres,niepewnosc,risk upplevd")},
	{dataset.Cost, dataset.Access, words("access,access cost,access effort,distance,travel,travel time,effort to reach,getting to the product,zugang,zugangskosten,entfernung,anfahrt,acces,cout d acces,trajet,acceso,coste de acceso,distancia,accesso,costo di accesso,distanza,acesso,custo de acesso," +
		"toegang,bereikbaarheid kosten,afstand,获取成本,距离,アクセス,アクセスコスト,距離,dostep,koszt dostepu,odleglosc")},
}

// satisfactionWords turn a cost round: rated high, it is low.
var satisfactionWords = words("价格满意,価格への満足,soddisfazione per il prezzo,satisfaction avec le prix,zufriedenheit mit dem preis,price fairness,fair price,fairness of price,fairness,price satisfaction,satisfaction with price,satisfaction price,value for money,affordability,affordable,cheapness,price attractiveness,price competitiveness,competitive price,competitive pricing,low price,low cost,low costs,cost savings,cost saving,cost efficiency," +
	"preiszufriedenheit,preisfairness,preis leistung,preis leistungs verhaltnis,preiswurdigkeit,gunstiger preis,niedriger preis,preisattraktivitat,kosteneinsparung,rapport qualite prix,satisfaction prix,prix juste,prix attractif,prix bas,equite du prix," +
	"relacion calidad precio,satisfaccion con el precio,precio justo,precio bajo,rapporto qualita prezzo,soddisfazione prezzo,prezzo equo,prezzo basso,custo beneficio,relacao qualidade preco,satisfacao com o preco,preco justo,prijs kwaliteit,prijs kwaliteitverhouding,prijstevredenheid,eerlijke prijs,lage prijs," +
	"性价比,价格满意度,价格合理性,价格公道,コストパフォーマンス,コスパ,価格満足度,価格の妥当性,stosunek jakosci do ceny,zadowolenie z ceny,uczciwa cena,niska cena,prisvard")

// sideNames are the words for a side itself.
var sideNames = []struct {
	side    dataset.Side
	phrases []string
}{
	{dataset.Benefit, words("benefit,benefits,functional benefits,perceived benefits,realisation,nutzen,vorteil,vorteile,nutzenkriterien,benefice,benefices,avantage,avantages,beneficio,beneficios,beneficio percibido,ventaja,ventajas,benefici,vantaggi,vantaggio,vantagens,baten,voordeel,voordelen,利益,收益,效益,利得,感知利得,便益,ベネフィット,korzysc,korzysci,nytta,fordele")},
	{dataset.Cost, words("cost,costs,perceived costs,sacrifice,sacrifices,kosten,aufwand,aufwande,opfer,kostenkriterien,cout,couts,sacrifice percu,coste,costes,costo,costos,sacrificios,costi,sacrifici,custo,custos,sacrificio,offers,nadelen,成本,费用,利失,感知利失,コスト,犠牲,koszt,koszty,kostnad,kostnader,omkostninger")},
}

// fitNames and firmNames say that a column is a part of a composite score.
var (
	fitNames = words("fit,match,strategic match,strategic fit,matching,passung,strategische passung,strategischer fit,adequation,ajuste estrategico,adecuacion,adeguatezza,corrispondenza,ajuste,adequacao,战略匹配,战略匹配度,匹配,匹配度,戦略適合,適合,dopasowanie")
	firm     = "value,value score,value to us,value to the firm,firm value,customer value,wert,kundenwert,wert fur uns,valeur,valeur pour nous,valor,valor para nosotros,valore,valore per noi,valor para nos,waarde,客户价值,价值,顧客価値,価値,wartosc"
)

var firmNames = words(firm)
