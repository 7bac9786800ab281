"""Words of the municipalities' work that belong together without meaning the same."""

NEAR = """
äldre äldreomsorg äldreboende hemtjänst; barn ungdom elev skola; ungdom student gymnasium;
elev lärare skola gymnasium undervisning; förskola barn; skola undervisning utbildning gymnasium;
personal rekrytering bemanning kompetensförsörjning; personal vårdpersonal;
vårdpersonal äldreomsorg vård; vård omsorg äldreomsorg hälsa hemtjänst; statistik data; mått data;
fordon elbil buss; laddstolpe elbil; pendling tåg buss resa; resa buss tåg skolskjuts busskort;
cykel cykelväg; energi elnät effekt; energi energieffektivisering solcell;
vatten avlopp nödvatten; vattenskydd vattentäkt sårbarhet; klimat hållbarhet energi;
klimatanpassning klimat; beredskap reservkraft; bostad mark; mark etablering företag;
etablering industri inflyttare; verksamhetsområde mark; industri batteri;
företag nyföretagare småföretag; inflyttare marknadsföring medflyttande; inflyttare bostad;
inflyttare etablering; nyanländ utländsk etablering integration; utländsk arbetskraft;
arbetsmarknad praktik företag; arbetslös arbetsmarknad;
yrkesutbildning vuxenutbildning utbildning; högskola utbildning; cybersäkerhet dataskydd;
digital system webbplats; digital bredband; ai digital; arkiv ärendehantering;
handläggning ärende; mat matsvinn; missbruk hälsa; psykisk hälsa; psykolog psykisk;
socialtjänst orosanmälan; våld trygghet; kultur bibliotek; fritid fritidsgård idrott förening;
turism marknadsföring webbplats; detaljplan översiktsplan planarkitekt; planarkitekt plan;
landsbygd skogsbygd; avfall återvinning återbruk; tillsyn uppföljning; avtal upphandling;
försvar beredskap; skyddsrum beredskap; skift natt; handel tätort; handel livsmedelsbutik;
vägledning utbildning; varsel arbetslös; arbetsmiljö sjukfrånvaro; friskvård hälsa;
leverantör företag; validering betyg; trygghet ordningsvakt; integration språk; språk tolk;
distans distansarbete; tandvård vård; kock mat; kök mat; elevhälsa psykisk; elevhälsa psykolog;
bibliotek läsning; kamera trygghet; våtmark vatten; våtmark klimatanpassning; brottsoffer våld;
skylt turism; skylt väg; biljett buss; handel företag; läkare vård
"""
"""The words up to a semicolon belong together."""
